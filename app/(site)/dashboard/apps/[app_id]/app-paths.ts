/** Where the pages of an App are, and how they learn that something has changed. */
import { revalidatePath } from "next/cache";

/** What Next passes to a page of an App. */
export interface AppPageProps<Params = { app_id: string }> {
  params: Promise<Params>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export function appPath(appId: string, page = ""): string {
  return `/dashboard/apps/${appId}${page}`;
}

/** Every page of the App, since its name, its counts and its lists show on several. */
export function revalidateApp(appId: string): void {
  revalidatePath(appPath(appId), "layout");
}
