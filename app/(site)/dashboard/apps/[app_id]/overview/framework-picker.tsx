"use client";

// The same steps in one's own language. The choice is remembered in this browser.
import { Tabs } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";

const REMEMBERED = "foyer-framework";

type FrameworkPickerProps = { frameworks: { id: string; label: string; panel: ReactNode }[] };

export function FrameworkPicker({ frameworks }: FrameworkPickerProps) {
  const [chosen, setChosen] = useState(frameworks[0]?.id ?? "");

  // After the first paint: the server does not know the choice.
  useEffect(() => {
    const before = remembered();
    if (before && frameworks.some(({ id }) => id === before)) setChosen(before);
  }, [frameworks]);

  function choose(id: string) {
    setChosen(id);
    remember(id);
  }

  return (
    <Tabs.Root value={chosen} onValueChange={choose}>
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

// A browser may forbid both.
function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function remember(id: string): void {
  try {
    localStorage.setItem(REMEMBERED, id);
  } catch {
    // then it is chosen again next time
  }
}
