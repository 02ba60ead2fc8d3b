"use client";

// The root layout threw, so this brings its own document.
import { Failure, type FailureProps } from "./_ui/failure";
import { fontVariables } from "./_ui/fonts";
import "./globals.css";

export default function DocumentError(props: FailureProps) {
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <Failure {...props} />
      </body>
    </html>
  );
}
