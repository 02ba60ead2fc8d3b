/** Files of users to import, with password hashes from another system. */
import bcrypt from "bcrypt";

export const OLD_PASSWORD = "the password from before";

/** One step cheaper than the server's, so that a sign-in replaces the hash. */
export const oldHash = () => bcrypt.hash(OLD_PASSWORD, 4);

/** Two valid users, a duplicate, an invalid email address, and a hash that is not one. */
export async function usersCsv(): Promise<string> {
  const hash = (await oldHash()).replace("$2b$", "$2y$");
  return [
    "email,name,email_verified,encrypted_password,id,shoe_size",
    `bob@example.com,"Bob ""the Builder""",true,${hash},1,42`,
    "carol@example.com,Carol,,,2,",
    "carol@EXAMPLE.com,Carol again,,,3,",
    "not an address,Erin,,,4,",
    "dave@example.com,Dave,,plain text,5,",
  ].join("\n");
}
