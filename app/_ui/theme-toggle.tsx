"use client";

// Theme switch: system, light or dark. A cookie stores the choice for the server.
import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useState } from "react";
import { THEME_COOKIE, type Theme } from "./theme";

const YEAR_SECONDS = 31_536_000;

const choices = [
  { value: "system", label: "System", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
] as const;

type Choice = (typeof choices)[number]["value"];

export function ThemeToggle({ theme }: { theme?: Theme }) {
  const name = useId();
  const [chosen, setChosen] = useState<Choice>(theme ?? "system");

  function choose(choice: Choice) {
    setChosen(choice);
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    saveTheme(choice);
  }

  return (
    <fieldset className="inline-flex rounded-md border border-line bg-surface-sunken p-0.5 noscript:hidden">
      <legend className="sr-only">Theme</legend>
      {choices.map(({ value, label, Icon }) => (
        <label
          key={value}
          title={label}
          className="grid size-7 cursor-pointer pointer-coarse:size-10 place-items-center rounded-sm text-ink-muted hover:text-ink has-checked:bg-surface-raised has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => choose(value)}
            className="sr-only"
          />
          <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
          <span className="sr-only">{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function saveTheme(choice: Choice) {
  const age = choice === "system" ? 0 : YEAR_SECONDS;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `${THEME_COOKIE}=${choice}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
