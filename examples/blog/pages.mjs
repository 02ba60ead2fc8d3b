// Pages of the example blog, and its photos.
export const PHOTOS = ["Harbor at dawn", "The long stairs", "Rain on the arcade", "Three lemons"].map(
  (title, index) => ({ id: index + 1, title }),
);

const STYLE = `:root{color-scheme:light dark;font:1.0625rem/1.6 Georgia,serif}body{max-width:40rem;margin:3rem auto;padding:0 1.25rem;overflow-wrap:anywhere;text-wrap:pretty}
h1{font-weight:400;font-size:2.25rem;line-height:1.2}a{color:inherit}small,label,button,input,nav{font-family:system-ui,sans-serif;font-size:.9375rem}
form{display:grid;gap:.5rem;margin:0}input,button,.button{font:inherit;font-family:system-ui,sans-serif;font-size:.9375rem;padding:.625rem .875rem;border:1px solid #888;
border-radius:.375rem;background:none;color:inherit;text-decoration:none;text-align:center}input{box-sizing:border-box;width:100%}button,.button{cursor:pointer;background:#8882}
.grid{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}.notice{padding:.75rem 1rem;border-left:3px solid #c2410c;background:#c2410c1a}`;

export function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function page(title, body) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

const field = (name, label, autocomplete) =>
  `<label>${label}<br><input name="${name}" type="${name}" autocomplete="${autocomplete}" required></label>`;
const email = field("email", "Email", "username");

const signInForms = `<div class="grid">
<form method="post" action="/signup"><strong>New here?</strong>${email}${field("password", "Password", "new-password")}<button>Sign up</button></form>
<form method="post" action="/login"><strong>Welcome back</strong>${email}${field("password", "Password", "current-password")}<button>Sign in</button></form>
<div><form method="post" action="/mail-me"><strong>Without a password</strong>${email}<button>Email me a link</button></form>
<p><a class="button" href="/github" style="display:block">Sign in with GitHub</a></p></div></div>`;

const codeForm = (action, label) =>
  `<form method="post" action="${action}"><label>${label}<br><input name="code" inputmode="numeric" autocomplete="one-time-code" required></label><button>Continue</button></form>`;
const noticeOf = (text) => (text ? `<p class="notice" role="alert">${escaped(text)}</p>` : "");

export function useFactor({ error }) {
  return page(
    "Confirm it’s you",
    noticeOf(error) + codeForm("/second-factor", "Code from your authenticator app, or a recovery code"),
  );
}

/** `enrollment`: the secret and its QR code, absent after a wrong code. */
export function addFactor({ error }, enrollment) {
  const scan = enrollment
    ? `<p>Scan this with an authenticator app, or type the secret: <code>${escaped(enrollment.secret)}</code></p>
<p style="max-width:14rem">${enrollment.qr}</p>`
    : '<p><a href="/second-factor/new">Show another QR code</a></p>';
  return page("Add a second factor", noticeOf(error) + scan + codeForm("/second-factor/new", "Code from the app"));
}

export function recoveryCodes(codes = []) {
  const list = codes.map((code) => `<li><code>${escaped(code)}</code></li>`).join("");
  return page(
    "Save your recovery codes",
    `<p>Each works once if you lose your phone.</p><ul>${list}</ul><p><a href="/">Continue</a></p>`,
  );
}

const account = (name) => `<p>You’re signed in as <b>${escaped(name)}</b>. <a href="/private">Readers-only page</a></p>
<h2>Your photos</h2><ul>${PHOTOS.map(({ title }) => `<li>${title}</li>`).join("")}</ul>
<form method="post" action="/logout"><button style="justify-self:start">Sign out</button></form>`;

/** `name`: of the reader who is signed in, or null. */
export function home(name, { error, sent }) {
  const notice = error ?? (sent && "Check your email. We’ve sent you a link.");
  return page("The Photo Blog", noticeOf(notice) + (name ? account(name) : signInForms));
}
