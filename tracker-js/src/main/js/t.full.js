/** As t.js, with what needs no code in the page: links, files, forms, `data-millrace-event`, 404, affiliates remembered. */
import './affiliate.js';
import {watch} from './extras.js';
import {fromTag} from './tag.js';

fromTag(watch);
