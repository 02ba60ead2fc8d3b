/** "1 user", "1,204 users"; counted no further than `most`, "10,000+ users". */
export function formatCount(count: number, one: string, most = Number.POSITIVE_INFINITY, many = `${one}s`): string {
  return `${count.toLocaleString("en")}${count >= most ? "+" : ""} ${count === 1 ? one : many}`;
}
