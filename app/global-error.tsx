"use client";

// The root layout threw, so this brings its own document.
import { ErrorPage, type ErrorPageProps } from "./_ui/error-page";
import { fontVariables } from "./_ui/fonts";
import "./globals.css";

export default function DocumentError(props: ErrorPageProps) {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
