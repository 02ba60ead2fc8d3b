/** What the form answers when somebody has signed up with the address; the field knows it by this sentence. */
export const EMAIL_TAKEN = "There is an account with this e-mail address already.";
