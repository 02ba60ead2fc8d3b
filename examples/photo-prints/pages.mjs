// Pages of the example print shop.
const STYLE = `:root{color-scheme:light dark;font:1.0625rem/1.6 system-ui,sans-serif}body{max-width:40rem;margin:3rem auto;padding:0 1.25rem;overflow-wrap:anywhere;text-wrap:pretty}
h1{font-size:2rem;line-height:1.2;letter-spacing:-.02em}button,.button{display:inline-block;font:inherit;padding:.625rem 1rem;border:0;border-radius:2rem;
background:#7c3aed;color:#fff;text-decoration:none;cursor:pointer}button.quiet{background:none;color:inherit;border:1px solid #888}
ul{padding:0;list-style:none;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}li{min-width:0;aspect-ratio:4/3;border-radius:.75rem;padding:.75rem;
background:linear-gradient(135deg,#7c3aed55,#f59e0b55)}`;

export function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function page(title, body) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · SuperPhotoPrints</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

export function welcome() {
  return page(
    "Your photos, on your wall",
    `<p>Connect the service that has your photos. You choose what we can see, and you can disconnect at any time.</p>
<p><a class="button" href="/connect">Connect the Photo Blog</a></p>`,
  );
}

export function connected(name, photos) {
  const list = photos.map(({ title }) => `<li>${escaped(title)}</li>`).join("");
  return page(
    `Hello, ${escaped(name)}`,
    `<p>${photos.length} photos imported from the Photo Blog.</p><ul>${list}</ul>
<form method="post" action="/disconnect"><button class="quiet">Disconnect</button></form>`,
  );
}
