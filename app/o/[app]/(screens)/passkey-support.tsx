"use client";

// Tells the form's handler that this device can keep passkeys, so that it may offer one.
import { useEffect, useState } from "react";

export function PasskeySupport() {
  const [isSupported, setSupported] = useState(false);
  useEffect(() => {
    const check = window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.();
    check?.then(setSupported, () => setSupported(false));
  }, []);
  return isSupported ? <input type="hidden" name="passkeys" value="1" /> : null;
}
