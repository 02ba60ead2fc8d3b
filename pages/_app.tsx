// Frame of the pages that are served as HTML alone: the documentation. Everything else is under app/.
import type { AppProps } from "next/app";
import { fontVariables } from "@/app/_ui/fonts";
import "@/app/globals.css";

export default function StaticApp({ Component, pageProps }: AppProps) {
  return (
    <div className={fontVariables}>
      <Component {...pageProps} />
    </div>
  );
}
