/** Paths of an app's dashboard pages, and their revalidation. */
import { revalidatePath } from "next/cache";

/** The props that Next passes to a page of an app. */
export interface AppPageProps<Params = { app_id: string }> {
  params: Promise<Params>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export function appPath(appId: string, page = ""): string {
  return `/dashboard/apps/${appId}${page}`;
}

/** Revalidates all pages of the app, since several show its name, counts and lists. */
export function revalidateApp(appId: string): void {
  revalidatePath(appPath(appId), "layout");
}
