// Text isolation (Unicode UAX #9): user-supplied text cannot change the direction or width around it.
import { withoutBidiControls } from "@/lib/text/display-name";

type TextProps = { children: string; className?: string };

export function IsolatedText({ children, className = "" }: TextProps) {
  return (
    <bdi dir="auto" className={`wrap-anywhere ${className}`}>
      {withoutBidiControls(children)}
    </bdi>
  );
}

/** For email addresses and hosts, which always read from left to right. */
export function LtrText({ children, className = "" }: TextProps) {
  return (
    <bdi dir="ltr" className={`wrap-anywhere ${className}`}>
      {children}
    </bdi>
  );
}
