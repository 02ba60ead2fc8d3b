import { type Framework, IN_THE_SHELL, SECOND_FACTOR } from "./framework";

function post(url: string, body: object): string {
  return `curl -X POST ${url} \\
  -H "Authorization: Bearer $FOYER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}'`;
}

export const curl: Framework = {
  id: "curl",
  label: "curl",
  prepare: () => IN_THE_SHELL,
  signUp: ({ signUpUrl, email, password }) => ({
    title: "Sign up a user",
    code: post(signUpUrl, { email, password, name: "Bob" }),
  }),
  signIn: ({ signInUrl, email, password }) => ({
    title: "Sign in the user",
    code: post(signInUrl, { email, password }),
  }),
  secondFactor: ({ secondFactorUrl }) => ({
    title: "Send the second factor",
    code: post(secondFactorUrl, SECOND_FACTOR),
  }),
  verify: ({ meUrl }) => ({
    title: "Verify the token",
    code: `TOKEN=eyJ…   # the "token" of the response above\ncurl ${meUrl} -H "Authorization: Bearer $TOKEN"`,
  }),
  refresh: ({ refreshUrl }) => ({
    title: "Refresh the session",
    code: `REFRESH=fr1-…   # the "refresh_token" of the newest response
curl -X POST ${refreshUrl} \\
  -H "Content-Type: application/json" \\
  -d "{\\"refresh_token\\": \\"$REFRESH\\"}"`,
  }),
};
