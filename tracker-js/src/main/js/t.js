/** The script of the tag: `<script defer src="https://host/t.js" data-site="1"></script>`. */
import {start} from './core.js';
import {safe} from './page.js';

safe(() => {
  const script = document.currentScript;
  const options = script.dataset;
  const stub = window.millrace;
  if (!stub?.started) {
    (window.millrace = start(options, options.api || new URL('api/collect', script.src), stub?.q)).started = 1;
  }
})();
