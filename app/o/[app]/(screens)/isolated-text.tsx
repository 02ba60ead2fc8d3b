// A name that somebody chose freely: isolated in the bidirectional text, so that nothing in it turns round what stands
// outside, and never wider than the page.
import { withoutBidiControls } from "@/lib/text/display-name";

type TextProps = { children: string; className?: string };

export function IsolatedText({ children, className = "" }: TextProps) {
  return (
    <bdi dir="auto" className={`wrap-anywhere ${className}`}>
      {withoutBidiControls(children)}
    </bdi>
  );
}

/** Addresses and hosts read from left to right whatever stands around them. */
export function LtrText({ children, className = "" }: TextProps) {
  return (
    <bdi dir="ltr" className={`wrap-anywhere ${className}`}>
      {children}
    </bdi>
  );
}
