// Data export and account deletion.
import { Button, ButtonLink } from "@/app/_ui/button";
import type { App } from "@/lib/apps/apps";
import { PostForm } from "../form";
import { screenPath } from "../screen";

export function DataSection({ app }: { app: App }) {
  return (
    <div className="flex flex-wrap gap-3">
      <PostForm app={app} path="account/export">
        <Button type="submit" variant="secondary">
          Download my data
        </Button>
      </PostForm>
      <ButtonLink
        href={screenPath(app, "account/delete")}
        prefetch={false}
        variant="secondary"
        className="text-danger!"
      >
        Delete my account
      </ButtonLink>
    </div>
  );
}
