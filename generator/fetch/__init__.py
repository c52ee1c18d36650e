"""GET the endpoint -> Download; files of a published site. The one user of the network and of the key.

Comes in: where the endpoint is, the key, the settings. Goes out: the body of an answer that arrived whole and looks
like JSON, byte for byte; what it says is for `validate` to judge. Refuses a key that cannot be one and any host but
OpenRouter's and this machine's, both before a request is sent. What may pass is tried again, within bounds.

`generator pull` reads another published copy of the site at the address that its user gives, and sends it a path
and nothing else.

Neither the key nor raw text of an answer stands in any message.
"""

from .about_key import key_facts
from .download import download
from .key import clean_key
from .live import read_live
from .published import read_listed, read_published
from .request import Limits

__all__ = ["Limits", "clean_key", "download", "key_facts", "read_listed", "read_live", "read_published"]
