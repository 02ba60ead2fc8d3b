// The users of the stand-in, its faults, and the page to choose them.

export const PEOPLE = [
  { id: 583231, login: "bob", name: "Bob Builder", email: "bob@example.com" },
  { id: 9919, login: "carol", name: "Carol Danvers", email: "carol@example.com" },
  { id: 66577, login: "dave", name: null, email: "dave@example.com", verified: false },
  { id: 1024025, login: "erin", name: "Erin Hush", email: null },
];

/** Endpoints with faults, and the kinds of faults: `user:500`. */
export const PLACES = ["token", "user", "emails"];
export const FAULTS = ["hang", "html", "500", "large", "redirect", "nonsense"];

/** Further faults. */
export const OTHER_FAULTS = ["token:error", "unverified", "no_email", "wrong_state", "no_state", "no_code"];

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:24rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.375rem;font-weight:500}
button,select{font:inherit;width:100%;padding:.625rem 1rem;margin:.25rem 0;text-align:left;border:1px solid #8888;
border-radius:.5rem;background:none;color:inherit}button{cursor:pointer}small{opacity:.75}`;

/** Parameters that the form passes on. */
const KEPT = ["client_id", "redirect_uri", "state", "scope", "code_challenge", "code_challenge_method"];

/** `GET /login/oauth/authorize` */
export function chooser(query) {
  const hidden = KEPT.filter((name) => query.has(name)).map(
    (name) => `<input type="hidden" name="${name}" value="${escaped(query.get(name))}">`,
  );
  const people = PEOPLE.map(({ login, name, email, verified = true }) => {
    const address = email ? `${email}${verified ? "" : ", not verified"}` : "no email address";
    return `<button name="login" value="${login}">${escaped(name ?? login)}<br><small>${escaped(address)}</small></button>`;
  });
  const faults = [...PLACES.flatMap((place) => FAULTS.map((fault) => `${place}:${fault}`)), ...OTHER_FAULTS];
  const options = faults.map((fault) => `<option>${fault}</option>`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Stand-in for GitHub</title><style>${STYLE}</style></head>
<body><main><h1>Choose a user</h1>
<p>This is a stand-in for GitHub. <b>${escaped(query.get("client_id"))}</b> requests ${escaped(query.get("scope"))}.</p>
<form method="post">${hidden.join("")}${people.join("")}<button name="login" value="">Cancel</button>
<p><label>What goes wrong <select name="fault"><option value="">nothing</option>${options}</select></label></p></form></main></body></html>`;
}
