"use client";

// Branding form with a live preview of the sign-in page.
import { useState } from "react";
import { FormCard } from "@/app/_ui/form-card";
import { FormField } from "@/app/_ui/form-field";
import { changeBrandingAction } from "./actions";
import { Preview } from "./preview";

interface BrandingEditorProps {
  app: { id: string; name: string; branding: { logo_url: string | null; color: string | null } };
  readOnly: boolean;
}

const COLOR = /^#[0-9a-f]{6}$/i;
/** The initial color of the color picker: Foyer's accent color. */
const DEFAULT_COLOR = "#17564f";

export function BrandingEditor({ app, readOnly }: BrandingEditorProps) {
  const [color, setColor] = useState(app.branding.color ?? "");
  const [logo, setLogo] = useState(app.branding.logo_url ?? "");
  const shown = COLOR.test(color) ? color : null;
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <FormCard
        title="Logo and color"
        action={changeBrandingAction}
        hidden={{ app_id: app.id }}
        readOnly={readOnly}
        success="Branding saved"
      >
        <FormField
          label="Logo URL"
          name="logo_url"
          hint="The https URL of a square or wide image, at least 96 pixels high."
          placeholder="https://example.com/logo.svg"
          optional
          spellCheck={false}
          autoComplete="off"
          defaultValue={app.branding.logo_url ?? ""}
          onChange={(event) => setLogo(event.target.value.trim())}
        />
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <FormField
              key={shown ?? "typed"}
              label="Color"
              name="color"
              hint="For example, #1f5c4d. The text color adapts automatically."
              optional
              spellCheck={false}
              autoComplete="off"
              defaultValue={color}
              onBlur={(event) => setColor(event.target.value.trim())}
            />
          </div>
          <input
            type="color"
            aria-label="Pick color"
            value={shown ?? DEFAULT_COLOR}
            onChange={(event) => setColor(event.target.value)}
            className="mt-6.5 h-10 w-12 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface-raised p-1 disabled:cursor-not-allowed"
          />
        </div>
      </FormCard>
      <Preview name={app.name} color={shown} logoUrl={logo || null} />
    </div>
  );
}
