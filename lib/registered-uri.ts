/**
 * Registered URIs that no request could ever use: Foyer compares them exactly and appends its own
 * parameters.
 */
export function unusableUriProblem(uri: string, added: readonly string[]): string | null {
  if (uri.includes("*")) return "must not contain *. Foyer compares URIs exactly, so register each one";
  if (!URL.canParse(uri)) return null;
  const name = [...new URL(uri).searchParams.keys()].find((key) => added.includes(key));
  return name === undefined ? null : `must not have the query parameter ${name}, which Foyer appends itself`;
}
