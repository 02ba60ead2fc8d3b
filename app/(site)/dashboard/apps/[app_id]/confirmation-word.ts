/** A word to be typed as a confirmation: a name when a keyboard can write it, otherwise the id. */
export function confirmationWord(name: string | null | undefined, id: string): string {
  return name && /^[\p{L}\p{N}\p{P}\p{S}]+( [\p{L}\p{N}\p{P}\p{S}]+)*$/u.test(name) && name.length <= 60 ? name : id;
}
