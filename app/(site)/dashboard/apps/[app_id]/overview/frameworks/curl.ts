import { type Framework, IN_THE_SHELL } from "./framework";

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
    title: "Sign a user up",
    code: post(signUpUrl, { email, password, name: "Bob" }),
  }),
  logIn: ({ logInUrl, email, password }) => ({ title: "Log in", code: post(logInUrl, { email, password }) }),
  verify: ({ meUrl }) => ({
    title: "Ask whose token it is",
    code: `TOKEN=eyJ…   # the "token" of the answer above\ncurl ${meUrl} -H "Authorization: Bearer $TOKEN"`,
  }),
};
