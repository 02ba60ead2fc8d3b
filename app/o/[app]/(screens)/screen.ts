/** Opens a hosted page: reads its parameters, its interaction and its title. */
import type { Metadata } from "next";
import { cache } from "react";
import { loadScreen } from "@/app/_server/hosted";
import type { App } from "@/lib/apps/apps";
import type { FormScreen, InteractionForm } from "@/lib/oauth/authorize/interaction";

export interface ScreenProps {
  params: Promise<{ app: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// Cached per request: the title and the page both need it.
const load = cache(loadScreen);

export async function openScreen({ params, searchParams }: ScreenProps): ReturnType<typeof loadScreen> {
  const { interaction } = await searchParams;
  return load((await params).app, typeof interaction === "string" ? interaction : undefined);
}

/** The last submission of this page's form. Of another page's form it keeps only the input. */
export function formOf(form: InteractionForm, screen: FormScreen): InteractionForm {
  return form.screen === screen ? form : { email: form.email, name: form.name };
}

/** An error is part of the title, because a screen reader reads the title first. */
export async function screenMetadata(props: ScreenProps, title: string, form?: FormScreen): Promise<Metadata> {
  const { app, screen } = await openScreen(props);
  const shown = screen && form ? formOf(screen.interaction.form, form) : {};
  const wrong = shown.message || shown.fields ? "Error: " : "";
  return { title: { absolute: `${wrong}${screen ? title : "This sign-in has expired"} · ${app.name}` } };
}

export function screenPath(app: App, screen: string, interactionId?: string): string {
  return `/o/${app.id}/${screen}${interactionId ? `?interaction=${interactionId}` : ""}`;
}
