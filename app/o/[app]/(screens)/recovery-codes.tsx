// New recovery codes: to download, to copy and to print.
import { Download } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import type { App } from "@/lib/apps/apps";
import { Alert } from "./alert";
import { BrandButton, PostForm } from "./form";
import { PrintButton } from "./print-button";

type RecoveryCodesProps = {
  app: App;
  codes: string[];
  /** The page whose forms download the codes and confirm that they are saved. */
  path: string;
  hidden?: Record<string, string>;
};

export function RecoveryCodes({ app, codes, path, hidden }: RecoveryCodesProps) {
  return (
    <>
      <Alert tone="warning" className="mb-5 print:hidden">
        You see these codes only now. Save them somewhere that you can reach without your phone.
      </Alert>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-4 gap-y-1.5 rounded-md border border-line bg-surface-sunken px-3.5 py-3.5 font-mono text-[0.8125rem] whitespace-nowrap min-[26rem]:grid-cols-2 min-[26rem]:text-xs"
      >
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-2 print:hidden">
        <PostForm app={app} path={`${path}/download`} hidden={hidden}>
          <Button type="submit" variant="secondary" size="sm">
            <Download aria-hidden="true" className="size-4" strokeWidth={1.75} />
            Download
          </Button>
        </PostForm>
        <PrintButton />
        <CopyButton text={codes.join("\n")} what="recovery codes" />
      </div>
      <PostForm app={app} path={path} hidden={hidden} className="mt-7 print:hidden">
        <BrandButton className="w-full">I saved the codes</BrandButton>
      </PostForm>
    </>
  );
}
