/** What every hosted page begins with: its parameters, its title, the interaction that it is about. */
import type { Metadata } from "next";
import { cache } from "react";
import { loadScreen } from "@/app/_server/hosted";
import type { App } from "@/lib/apps/apps";
import type { FormScreen, InteractionForm } from "@/lib/oauth/authorize/interaction";

export interface ScreenProps {
  params: Promise<{ app: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// Once per request: for the title and for the page.
const load = cache(loadScreen);

export async function openScreen({ params, searchParams }: ScreenProps): ReturnType<typeof loadScreen> {
  const { interaction } = await searchParams;
  return load((await params).app, typeof interaction === "string" ? interaction : undefined);
}

/** What was wrong with the last attempt on this very page; what was typed on the other one is shown, its errors are not. */
export function formOf(form: InteractionForm, screen: FormScreen): InteractionForm {
  return form.screen === screen ? form : { email: form.email, name: form.name };
}

/** A screen reader says the title first, so that an error is heard before the form is read. */
export async function screenMetadata(props: ScreenProps, title: string, form?: FormScreen): Promise<Metadata> {
  const { app, screen } = await openScreen(props);
  const shown = screen && form ? formOf(screen.interaction.form, form) : {};
  const wrong = shown.message || shown.fields ? "Error: " : "";
  return { title: { absolute: `${wrong}${screen ? title : "This sign-in has ended"} · ${app.name}` } };
}

export function screenPath(app: App, screen: string, interactionId?: string): string {
  return `/o/${app.id}/${screen}${interactionId ? `?interaction=${interactionId}` : ""}`;
}
