"use client";

// Dialog that searches the dashboard: a combobox over grouped links (WAI-ARIA combobox pattern).
import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { readRecent, rememberHit } from "./recent-hits";
import type { Hit, HitGroup } from "./search/hit";
import { useSearch } from "./use-search";

export interface SearchDialogProps {
  developerId: string;
  onClose: () => void;
}

export function SearchDialog({ developerId, onClose }: SearchDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const router = useRouter();
  const appId = /^\/dashboard\/apps\/([^/]+)/.exec(usePathname())?.[1];
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [recent] = useState(() => readRecent(developerId));
  const { groups: found, status } = useSearch(text, appId);
  const groups = text.trim() || recent.length === 0 ? found : [{ title: "Recent", hits: recent }, ...found];
  const hits = groups.flatMap((group) => group.hits);
  const current = hits[active];

  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  function open(hit: Hit) {
    rememberHit(developerId, hit);
    onClose();
    // The documentation isn't part of the dashboard's frame.
    if (hit.href.startsWith("/dashboard")) router.push(hit.href);
    else location.assign(hit.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step && hits.length > 0) {
      event.preventDefault();
      setActive((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      open(current);
    }
  }

  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; Escape does, too
    <dialog
      ref={dialog}
      aria-label="Search"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className="mx-auto mt-[12svh] mb-auto max-h-[70svh] w-[calc(100%-2rem)] max-w-xl animate-[appear_100ms_ease-out] overflow-hidden rounded-lg border border-line bg-surface-raised p-0 text-ink shadow-md backdrop:bg-scrim open:flex open:flex-col"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-muted" strokeWidth={1.75} />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-label={appId ? "Search pages, users, applications, events and docs" : "Search apps and docs"}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={appId ? "Page, user, application, event or ID" : "App or documentation"}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-13 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-muted"
        />
      </div>
      <p
        role="status"
        className={hits.length > 0 || status === "searching" ? "sr-only" : "px-4 py-6 text-sm text-ink-muted"}
      >
        {statusText(status, hits.length)}
      </p>
      <div id={`${id}-list`} role="listbox" aria-label="Results" className="overflow-y-auto p-2 empty:hidden">
        <Groups id={id} groups={groups} active={active} onPoint={setActive} onOpen={open} />
      </div>
    </dialog>,
    document.body,
  );
}

function statusText(status: ReturnType<typeof useSearch>["status"], count: number): string {
  if (status === "failed") return "Search isn’t available. Check your connection and try again.";
  if (status === "searching") return "Searching";
  return count === 0 ? "No results" : `${count} results`;
}

type GroupsProps = {
  id: string;
  groups: HitGroup[];
  active: number;
  onPoint: (index: number) => void;
  onOpen: (hit: Hit) => void;
};

function Groups({ id, groups, active, onPoint, onOpen }: GroupsProps) {
  let index = -1;
  return groups.map(({ title, hits }) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options
    <div key={title} role="group" aria-label={title} className="mb-2 last:mb-0">
      <p aria-hidden="true" className="px-3 py-1.5 text-xs text-ink-muted">
        {title}
      </p>
      {hits.map((hit) => {
        index += 1;
        const own = index;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys
          <div
            key={hit.href + hit.label}
            id={`${id}-${own}`}
            role="option"
            tabIndex={-1}
            aria-selected={own === active}
            onPointerMove={() => own !== active && onPoint(own)}
            onClick={() => onOpen(hit)}
            className="flex min-h-10 cursor-pointer items-baseline gap-3 rounded-sm px-3 py-2 text-sm aria-selected:bg-surface-sunken"
          >
            <span dir="auto" className="min-w-0 truncate font-medium">
              {hit.label}
            </span>
            {hit.detail && (
              <span dir="auto" className="ml-auto min-w-0 max-w-[50%] truncate text-xs text-ink-muted">
                {hit.detail}
              </span>
            )}
          </div>
        );
      })}
    </div>
  ));
}
