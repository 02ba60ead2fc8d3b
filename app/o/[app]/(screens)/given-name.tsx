// A name that somebody chose freely: isolated in the bidirectional text, so that nothing in it turns round what stands
// outside, and never wider than the page.
type GivenNameProps = { children: string; className?: string };

/** Embeddings, overrides and isolates (UAX #9): the direction of a name is seen from its letters. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

export function GivenName({ children, className = "" }: GivenNameProps) {
  return (
    <bdi dir="auto" className={`wrap-anywhere ${className}`}>
      {children.replace(BIDI_CONTROLS, "")}
    </bdi>
  );
}

/** Addresses and hosts read from left to right whatever stands around them. */
export function Address({ children, className = "" }: GivenNameProps) {
  return (
    <bdi dir="ltr" className={`wrap-anywhere ${className}`}>
      {children}
    </bdi>
  );
}
