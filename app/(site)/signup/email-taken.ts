/** The error for an email address that is taken. The email field recognizes it and adds a link. */
export const EMAIL_TAKEN = "An account with this email address already exists.";
