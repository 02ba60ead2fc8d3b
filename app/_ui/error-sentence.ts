/** Joins "Password" and "needs at least 8 characters". A problem that is a sentence stays as is. */
export function errorSentence(subject: string, problem: string): string {
  const sentence = /^\p{Lu}/u.test(problem) ? problem : `${subject} ${problem}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
