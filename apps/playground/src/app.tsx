import { language, message, type Language } from "./messages/index.js";
import { Curves } from "./parts/curves.js";
import { Data } from "./parts/data.js";
import { Gallery } from "./parts/gallery.js";
import { LiveRegion } from "./parts/live-region.js";
import { Notices } from "./parts/notices.js";
import { Samples } from "./parts/samples.js";
import { Settings } from "./parts/settings.js";
import { StoreProvider, useStore } from "./parts/store.js";
import { Training } from "./parts/training.js";
import type { Store } from "./state/store.js";

const languages: readonly (readonly [Language, string, string])[] = [
  ["en", "English", "en"],
  ["zh", "中文", "zh-CN"],
];

function Header() {
  const { backend } = useStore();
  return (
    <header>
      <a class="skip" href="#training">
        {message("page.skip")}
      </a>
      <div class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <path d="M5 23c4 0 5-13 8-13s3 8 6 8 3-5 8-5" />
        </svg>
        <div>
          <h1>{message("page.title")}</h1>
          <p>{message("page.tagline")}</p>
        </div>
      </div>
      <div class="header-side">
        {backend.value !== "" && <span class="pill">{message("page.backend", { name: backend.value })}</span>}
        <div class="segmented" role="group" aria-label={message("page.language")}>
          {languages.map(([id, name, tag]) => (
            <button
              key={id}
              type="button"
              lang={tag}
              aria-pressed={language.value === id}
              onClick={() => (language.value = id)}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}

/** The page. */
export function App({ store }: { readonly store: Store }) {
  return (
    <StoreProvider value={store}>
      <Header />
      <main>
        <form class="choices" onSubmit={(event) => event.preventDefault()}>
          <Gallery />
          <Data />
          <Settings />
        </form>
        <div class="work">
          <Training />
          <Notices />
          <div class="panels">
            <Samples />
            <Curves />
          </div>
        </div>
      </main>
      <LiveRegion />
      <footer>{message("page.footer")}</footer>
    </StoreProvider>
  );
}

/** The page when no plugin is installed. */
export const Empty = () => <p class="empty alone">{message("page.none")}</p>;
