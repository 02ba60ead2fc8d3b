/** "Password" and "needs at least 8 characters" → a sentence. What is one already stays as it is. */
export function errorSentence(subject: string, problem: string): string {
  const sentence = /^\p{Lu}/u.test(problem) ? problem : `${subject} ${problem}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
