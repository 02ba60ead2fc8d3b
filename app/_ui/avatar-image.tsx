"use client";

// Remote logo, which is replaced by its children when it fails to load.
import { type ReactNode, useEffect, useRef, useState } from "react";

export function AvatarImage({ src, className, children }: { src: string; className: string; children: ReactNode }) {
  const image = useRef<HTMLImageElement>(null);
  const [broken, setBroken] = useState(false);
  // The image may have failed before React attached the error handler.
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) setBroken(true);
  }, []);
  if (broken) return children;
  return (
    <span className={className}>
      {/* biome-ignore lint/performance/noImgElement: our server must not fetch a URL that a user entered */}
      <img
        ref={image}
        src={src}
        alt=""
        referrerPolicy="no-referrer"
        onError={() => setBroken(true)}
        // No fixed size, so that a missing image doesn't show as a broken image before hydration.
        className="max-h-full max-w-full"
      />
    </span>
  );
}
