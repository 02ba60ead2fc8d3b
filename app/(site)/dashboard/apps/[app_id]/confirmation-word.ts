/** The word to type as a confirmation: the name if it is easy to type, otherwise the ID. */
export function confirmationWord(name: string | null | undefined, id: string): string {
  return name && /^[\p{L}\p{N}\p{P}\p{S}]+( [\p{L}\p{N}\p{P}\p{S}]+)*$/u.test(name) && name.length <= 60 ? name : id;
}
