/** Decodes a JWT without verification. null: it is not a JWT. */
export function decodeJwt(token: unknown): { header: unknown; payload: unknown } | null {
  if (typeof token !== "string") return null;
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  try {
    const [header, payload] = parts.slice(0, 2).map((part) => {
      const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
      return JSON.parse(new TextDecoder().decode(bytes));
    });
    return { header, payload };
  } catch {
    return null;
  }
}
