import { repeatableForm } from "@/lib/hosted/second-factor/form";
import { submitCodesDownload } from "@/lib/hosted/second-factor/recovery-codes";

export const POST = repeatableForm(submitCodesDownload);
