// Script of the documentation: search, copy buttons, languages, theme, contents, and "Try it". Without it, everything can be read.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function create(name, properties = {}, children = []) {
  const { className, text, ...attributes } = properties;
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
}

// ── Theme ──────────────────────────────────────────────────────────────────
document.addEventListener("change", ({ target }) => {
  if (!target.closest("[data-theme-switch]")) return;
  const { value } = target;
  for (const input of $$(`[data-theme-switch] input[value=${value}]`)) input.checked = true;
  if (value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `foyer-theme=${value}; Path=/; Max-Age=${value === "system" ? 0 : 31536000}; SameSite=Lax${secure}`;
});

// ── Copy buttons ───────────────────────────────────────────────────────────
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers provide navigator.clipboard only over https and on localhost.
    const area = create("textarea", { readonly: true, style: "position:fixed;opacity:0" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function textBeside(button) {
  const figure = button.closest("figure");
  if (!figure) return button.previousElementSibling?.textContent ?? "";
  return $$("pre", figure).find((pre) => pre.offsetParent !== null)?.textContent ?? "";
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  const status = button?.nextElementSibling;
  if (status?.getAttribute("role") !== "status") return;
  const done = await copy(textBeside(button));
  button.focus();
  const label = $("span", button);
  label.textContent = done ? "Copied" : "Copy failed";
  status.textContent = done ? "Copied" : "Copy failed. Select the text and copy it.";
  setTimeout(() => {
    label.textContent = "Copy";
    status.textContent = "";
  }, 2000);
});

// ── Languages: a choice holds for every example, and for the next page ──────
const LANGUAGE = "foyer-docs-language";

function chooseLanguage(name) {
  for (const input of $$(`[data-languages] input[value="${CSS.escape(name)}"]`)) input.checked = true;
}

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is blocked.
  }
}

const language = stored(LANGUAGE);
if (language) chooseLanguage(language);
document.addEventListener("change", ({ target }) => {
  const tabs = target.closest("[data-languages]");
  if (!tabs) return;
  // The chosen block stays where it is, although those above it change their height.
  const before = tabs.getBoundingClientRect().top;
  chooseLanguage(target.value);
  scrollBy(0, tabs.getBoundingClientRect().top - before);
  try {
    localStorage.setItem(LANGUAGE, target.value);
  } catch {}
});

// ── Contents: the section that is read ─────────────────────────────────────
const links = $$("[data-spy] a");
if (links.length > 0) {
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const update = () => {
    const at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < 140);
    links.forEach((link, index) => (index === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  addEventListener("scroll", update, { passive: true });
  update();
}

// ── Navigation: the current page is in sight ───────────────────────────────
const current = $('nav[aria-label="Documentation"] [aria-current]');
const side = current?.closest("nav");
if (side) side.scrollTop = current.offsetTop - side.clientHeight / 2;

// ── Search ─────────────────────────────────────────────────────────────────
const form = $("[data-search]");
const results = $("[data-search-results]");
const input = $("input", form);
let asked = 0;
let timer;

async function search() {
  const q = input.value.trim();
  const number = ++asked;
  if (!q) return hideResults();
  const response = await fetch(`/docs/search?q=${encodeURIComponent(q)}`).catch(() => null);
  if (number !== asked || !response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const count = $("[data-search-count]", page)?.textContent ?? "";
  const list = $("[data-hits]", page);
  results.replaceChildren(list ?? create("p", { className: "px-3 py-2 text-sm text-ink-muted", text: count }));
  results.hidden = false;
  $("[data-search-status]").textContent = count;
}

function hideResults() {
  asked++;
  results.hidden = true;
  $("[data-search-status]").textContent = "";
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 120);
});
input.addEventListener("focus", () => input.value && search());
form.parentElement.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !form.parentElement.contains(relatedTarget)) hideResults();
});
document.addEventListener("click", ({ target }) => {
  if (!form.parentElement.contains(target) || target.closest("[data-search-results] a")) hideResults();
});

form.parentElement.addEventListener("keydown", (event) => {
  const hits = $$("a", results);
  if (event.key === "Escape" && !results.hidden) {
    event.preventDefault();
    hideResults();
    input.focus();
  }
  if (results.hidden || hits.length === 0) return;
  const at = hits.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0 && event.target === input) {
    event.preventDefault();
    hits[0].click();
  }
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  (next < 0 ? input : hits[Math.min(next, hits.length - 1)]).focus();
});

document.addEventListener("keydown", (event) => {
  const writes = event.target.closest?.("input, textarea, select");
  const asks = (event.key === "k" && (event.metaKey || event.ctrlKey)) || (event.key === "/" && !writes && !event.metaKey && !event.ctrlKey);
  if (!asks || $("dialog[open]")) return;
  event.preventDefault();
  input.focus();
  input.select();
});

// ── Try it: the request goes from this browser to this server, with what the reader enters ──
const FIELD = "mt-1 w-full rounded-md border border-line-strong bg-surface px-3 py-2 font-mono text-[0.8125rem]";
const BUTTON = "min-h-9 cursor-pointer rounded-md px-4 text-sm font-medium";
/** Until the page is left. Nothing is stored. */
const entered = {};

function fieldOf(key, label, { value = "", required = false, type = "text", list = false } = {}) {
  const element = create("input", { className: FIELD, name: key, type, required, list, autocomplete: "off", spellcheck: "false" });
  element.value = entered[key] ?? value;
  return create("label", { className: "block text-sm font-medium" }, [required ? label : `${label} (optional)`, element]);
}

/** The apps of a signed-in developer, as suggestions. */
async function listApps() {
  const list = create("datalist", { id: "try-apps" });
  if (!$("[data-signed-in]")) return list;
  const response = await fetch("/dashboard/search", { headers: { Accept: "application/json" } }).catch(() => null);
  const { groups = [] } = response?.ok ? await response.json().catch(() => ({})) : {};
  for (const { label, detail } of groups.find(({ title }) => title === "Apps")?.hits ?? [])
    list.append(create("option", { value: detail, text: label }));
  return list;
}

async function send(call, data) {
  const query = new URLSearchParams();
  let path = call.path;
  for (const { name, place } of call.parameters) {
    const value = data.get(`${place}.${name}`);
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  const headers = {};
  const credential = data.get("credential");
  if (credential) headers.Authorization = call.credential.basic ? `Basic ${btoa(credential)}` : `Bearer ${credential}`;
  let body = data.get("body") || undefined;
  if (body) JSON.parse(body); // A mistake is reported here.
  if (body) headers["Content-Type"] = call.form ? "application/x-www-form-urlencoded" : "application/json";
  if (body && call.form) body = String(new URLSearchParams(JSON.parse(body)));
  const url = `${path}${query.size > 0 ? `?${query}` : ""}`;
  // Without cookies: the request has the rights of the credential and no others.
  const response = await fetch(url, { method: call.method, headers, body, credentials: "omit", redirect: "manual" });
  const text = await response.text();
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {}
  const status = response.type === "opaqueredirect" ? "A redirect. Open the URL in the browser to follow it." : `${response.status} ${response.statusText}`;
  return `${call.method} ${url}\n${status}\n\n${shown}`;
}

async function openTry(call) {
  const output = create("pre", { className: "max-h-72 overflow-auto rounded-md bg-surface-sunken px-4 py-3 font-mono text-[0.8125rem] whitespace-pre-wrap wrap-anywhere", tabindex: "0", "aria-label": "Response", hidden: true });
  const status = create("p", { role: "status", className: "text-sm text-ink-muted" });
  const fieldsOf = (parameters) =>
    parameters.map(({ name, place, required, value }) =>
      fieldOf(`${place}.${name}`, name, { value, required: place === "path" || required, list: name === "app_id" && "try-apps" }),
    );
  const isAsked = ({ place, required, value }) => place === "path" || required || value !== "";
  const fields = fieldsOf(call.parameters.filter(isAsked));
  const { credential } = call;
  if (credential) fields.push(fieldOf("credential", credential.label, { type: "password", required: credential.required }));
  if (call.body) {
    const area = create("textarea", { className: FIELD, name: "body", rows: "8", spellcheck: "false" });
    area.value = JSON.stringify(call.body, null, 2);
    fields.push(create("label", { className: "block text-sm font-medium" }, ["Body", area]));
  }
  const others = call.parameters.filter((parameter) => !isAsked(parameter));
  if (others.length > 0) {
    const summary = create("summary", { className: "w-fit cursor-pointer rounded-sm text-sm text-ink-muted hover:text-ink", text: "More parameters" });
    fields.push(create("details", {}, [summary, create("div", { className: "mt-3 grid gap-4" }, fieldsOf(others))]));
  }
  const reads = call.method === "GET";
  const warning = reads ? "" : " It changes data of the app: use a test app.";
  const close = create("button", { type: "button", className: `${BUTTON} border border-line-strong`, text: "Close" });
  const submit = create("button", { className: `${BUTTON} bg-accent text-accent-contrast`, text: `Send ${call.method} request` });
  const about = `Your browser sends the request to ${location.host}. The credential isn’t stored.${warning}`;
  const request = create("form", { className: "grid gap-4" }, [
    create("h2", { id: "try-title", className: "text-xl font-semibold", text: call.title }),
    create("p", { className: "text-sm text-ink-muted", text: about }),
    ...fields,
    create("div", { className: "flex flex-wrap gap-3" }, [submit, close]),
    status,
    output,
  ]);
  const dialog = create("dialog", { "aria-labelledby": "try-title", className: "m-auto max-h-[90svh] w-[min(40rem,calc(100vw-2rem))] overflow-y-auto rounded-lg border border-line bg-surface-raised p-6 text-ink shadow-md backdrop:bg-scrim" }, [request]);
  request.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(request);
    for (const [key, value] of data) if (key !== "body") entered[key] = value;
    status.textContent = "Sending…";
    submit.disabled = true;
    try {
      output.textContent = await send(call, data);
      output.hidden = false;
      status.textContent = output.textContent.split("\n")[1];
    } catch (error) {
      status.textContent = error instanceof SyntaxError ? `The body isn’t valid JSON: ${error.message}` : "The request failed. Check the connection.";
    }
    submit.disabled = false;
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.append(await listApps());
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-try]");
  if (button) openTry(JSON.parse(button.dataset.try));
});
