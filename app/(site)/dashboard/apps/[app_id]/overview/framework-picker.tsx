"use client";

// Language tabs of the quickstart. The browser remembers the choice.
import { Tabs } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";

const STORAGE_KEY = "foyer-framework";

type FrameworkPickerProps = { frameworks: { id: string; label: string; panel: ReactNode }[] };

export function FrameworkPicker({ frameworks }: FrameworkPickerProps) {
  const [selected, setSelected] = useState(frameworks[0]?.id ?? "");

  // After the first paint, since the server doesn't know the choice.
  useEffect(() => {
    const saved = savedFramework();
    if (saved && frameworks.some(({ id }) => id === saved)) setSelected(saved);
  }, [frameworks]);

  function select(id: string) {
    setSelected(id);
    saveFramework(id);
  }

  return (
    <Tabs.Root value={selected} onValueChange={select}>
      <Tabs.List aria-label="Language" className="flex flex-wrap gap-2">
        {frameworks.map(({ id, label }) => (
          <Tabs.Trigger
            key={id}
            value={id}
            className="h-9 cursor-pointer pointer-coarse:h-10 rounded-md border border-line-strong bg-surface-raised px-3.5 text-sm font-medium text-ink-muted transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:bg-accent-soft data-[state=active]:text-accent"
          >
            {label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {frameworks.map(({ id, panel }) => (
        <Tabs.Content key={id} value={id} className="rounded-sm">
          {panel}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

// Browsers may block access to localStorage.
function savedFramework(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function saveFramework(id: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, id);
  } catch {
    // The choice isn't remembered.
  }
}
