import { submitCodeRequest } from "@/lib/hosted/second-factor/emailed-code";
import { repeatableForm } from "@/lib/hosted/second-factor/form";

export const POST = repeatableForm(submitCodeRequest);
