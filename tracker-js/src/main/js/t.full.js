/** The script of the tag: `<script defer src="https://host/t.js" data-site="1"></script>`. */
import {start} from './core.js';
import {safe} from './page.js';

safe(() => {
  const script = document.currentScript;
  if (!window.millrace?.started) {
    const options = {};
    for (const name in script.dataset) {
      options[name] = script.dataset[name] || true;
    }
    const calls = window.millrace?.q;
    window.millrace = start(options, options.api || new URL('api/collect', script.src).href, calls);
    window.millrace.started = true;
  }
})();
