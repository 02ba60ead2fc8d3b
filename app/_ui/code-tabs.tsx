"use client";

// The same code in several languages, one tab each.
import { Tabs } from "radix-ui";
import { useState } from "react";
import { CopyButton } from "./copy-button";

type CodeTabsProps = {
  /** Names the block: "Sign up a user". */
  title: string;
  /** The first tab is selected initially. */
  tabs: { label: string; code: string }[];
};

export function CodeTabs({ title, tabs }: CodeTabsProps) {
  // Tabs are identified by number, since a label may contain characters that an ID must not.
  const [open, setOpen] = useState("0");
  const shown = tabs[Number(open)];

  return (
    <Tabs.Root
      value={open}
      onValueChange={setOpen}
      className="overflow-hidden rounded-md border border-line bg-surface-raised shadow-sm"
    >
      <div className="flex items-center justify-between gap-4 border-b border-line pr-1.5 pl-1.5">
        <Tabs.List aria-label={title} className="flex">
          {tabs.map(({ label }, index) => (
            <Tabs.Trigger
              key={label}
              value={String(index)}
              className="-mb-px cursor-pointer border-b-2 border-transparent px-2.5 py-2 text-sm font-medium text-ink-muted -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <CopyButton key={open} text={shown?.code ?? ""} what={`${title}, ${shown?.label}`} />
      </div>
      {tabs.map(({ label, code }, index) => (
        <Tabs.Content key={label} value={String(index)} className="overflow-x-auto px-4 py-3 -outline-offset-2">
          <pre className="font-mono text-[0.8125rem]/[1.375rem]">
            <code>{code}</code>
          </pre>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
