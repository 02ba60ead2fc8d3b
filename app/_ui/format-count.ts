/** "1 user", "1,204 users"; from `most` on, "10,000+ users". */
export function formatCount(
  count: number,
  singular: string,
  most = Number.POSITIVE_INFINITY,
  plural = `${singular}s`,
): string {
  return `${count.toLocaleString("en")}${count >= most ? "+" : ""} ${count === 1 ? singular : plural}`;
}
