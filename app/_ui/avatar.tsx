// Avatar of an app, a client or a user: the logo, or the first letter of the name.
import { shownLogo } from "@/lib/brand";
import { initialOf } from "@/lib/text/display-name";
import { AvatarImage } from "./avatar-image";

const shapes = {
  arch: "rounded-t-full rounded-b-none",
  square: "rounded-md",
  round: "rounded-full",
};

const sizes = {
  md: "h-10 w-10 text-base",
  // The arch is taller than wide.
  arch: "h-14 w-12 pt-1.5 text-lg",
};

type AvatarProps = {
  name: string;
  logoUrl?: string | null;
  shape: keyof typeof shapes;
  /** Uses the app's brand color. */
  branded?: boolean;
};

export function Avatar({ name, logoUrl, shape, branded = false }: AvatarProps) {
  const look = `grid shrink-0 place-items-center overflow-hidden ${shapes[shape]} ${shape === "arch" ? sizes.arch : sizes.md}`;
  const colors = branded
    ? "border border-(--brand-edge) bg-(--brand) text-(--brand-text)"
    : "border border-line bg-surface-sunken text-ink-muted";
  const letter = (
    <span aria-hidden="true" className={`${look} ${colors} font-semibold select-none`}>
      {initialOf(name)}
    </span>
  );
  const logo = shownLogo(logoUrl);
  if (!logo) return letter;
  // Light in both themes, since most logos need a light background.
  const frame = `${look} grid-cols-[100%] grid-rows-[100%] border border-line bg-[oklch(0.997_0.002_80)] ${shape === "arch" ? "border-b-0 px-2 pb-1" : "p-1"}`;
  return (
    <AvatarImage key={logo} src={logo} className={frame}>
      {letter}
    </AvatarImage>
  );
}
