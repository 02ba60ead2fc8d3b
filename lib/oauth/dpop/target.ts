/** The target URI of a DPoP proof (`htu`, RFC 9449 §4.3), compared after normalization (RFC 3986 §6.2). */

/** RFC 3986 §2: every other character must be percent-encoded. */
const URI = /^[\w.~!$&'()*+,;=:@/?#[\]%-]+$/;

/** §6.2.2.2: an encoded unreserved character means the same as the character itself. */
function decodeUnreserved(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
}

/** `URL` normalizes the scheme, the host, the port and dot segments. Query and fragment don't count. */
function normalize({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${decodeUnreserved(pathname).replace(/\/$/, "")}`;
}

/** Whether `htu` names the URL that was called. A trailing slash is ignored; the case of the path counts. */
export function isTarget(htu: string, called: string): boolean {
  if (htu === called) return true;
  if (!URI.test(htu) || !URL.canParse(htu)) return false;
  const sent = new URL(htu);
  return sent.username === "" && sent.password === "" && normalize(sent) === normalize(new URL(called));
}
