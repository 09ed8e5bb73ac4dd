"""Sees to it that a Chromium is there for `make journeys`: Debian's, installed where that is allowed."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")  # without a Chinese font the pictures show boxes


def main() -> None:
    if any(map(shutil.which, NAMES)):
        return
    apt = shutil.which("apt-get")
    if not apt:
        sys.exit("The journeys need Chromium: install it with the system's package manager, then run make again.")
    if os.geteuid() != 0:
        sys.exit(f"The journeys need Chromium. Run: sudo apt-get install {' '.join(PACKAGES)}")
    print("Installing Chromium …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run([apt, *command], check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - fixed


if __name__ == "__main__":
    main()
