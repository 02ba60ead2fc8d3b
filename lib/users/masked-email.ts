/** Masks an email address for a reader who may not be its owner: `b•••@example.com`. */
export function maskedEmail(email: string): string {
  return email.replace(/^(.).*(?=@)/, "$1•••");
}
