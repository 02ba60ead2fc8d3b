/** An address as much as somebody should see who may not be its owner: `b•••@example.com`. */
export function maskedEmail(email: string): string {
  return email.replace(/^(.).*(?=@)/, "$1•••");
}
