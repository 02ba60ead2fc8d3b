/** Opens a page of the second factor: its pending sign-in and its title. */
import type { Metadata } from "next";
import { cache } from "react";
import { loadPending } from "@/app/_server/hosted";
import type { ScreenProps } from "../screen";

// Cached per request: the title and the page both need it.
const load = cache(loadPending);

export async function openPending({ params, searchParams }: ScreenProps): ReturnType<typeof loadPending> {
  const { sign_in } = await searchParams;
  return load((await params).app, typeof sign_in === "string" ? sign_in : undefined);
}

export async function pendingMetadata(props: ScreenProps, title: string): Promise<Metadata> {
  const { app, pending, flash } = await openPending(props);
  const wrong = flash && !flash.ok ? "Error: " : "";
  return { title: { absolute: `${pending ? `${wrong}${title}` : "This sign-in has expired"} · ${app.name}` } };
}
