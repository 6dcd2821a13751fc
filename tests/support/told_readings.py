"""A town hall that is told what each message means: for rules about what follows, whatever the words were."""

from unittest.mock import patch

from stadtdraht.domain.understanding.reading import Reading
from stadtdraht.usecases.inbound import handle_message
from tests.support.town_office import ANNA, ConversationHarness, choices


class ToldTown(ConversationHarness):
    """`means` is a message of this meaning; it returns the kinds of the replies, and `bodies` has what was sent."""

    def __init__(self, town="vreden"):
        super().__init__(town)
        self.ears, self.reading, self.asked = self, Reading(), ""

    def read(self, text, town, *, asked="", takes=()):
        del text, town, takes
        self.asked = asked
        return self.reading

    def means(self, text="Es geht um etwas", **more):
        known = {name: more.pop(name) for name in tuple(more) if name in Reading.__slots__}
        self.reading = Reading(**known)
        return self._kinds(lambda: self.hears(text, **more))

    def shows(self, caption="", **more):
        """A photo, whose caption means this."""
        known = {name: more.pop(name) for name in tuple(more) if name in Reading.__slots__}
        self.reading = Reading(**known)
        return self._kinds(lambda: self.photo(caption, **more))

    def taps(self, label, body=-1):
        self.reading = Reading()
        pressed = self.bodies[body]
        return self._kinds(lambda: self.presses(pressed, label))

    def sends_pin(self, **more):
        self.reading = Reading()
        return self._kinds(lambda: self.pin(51.8386, 6.6153, **more))

    def takes(self, *offers):
        """They agree to these offers."""
        self.means(joins=offers)
        self.means(answer=True)

    @property
    def offered(self):
        """What can be pressed under the last answer."""
        return set(choices(self.bodies[-1]))

    @property
    def talk(self):
        return self.person(ANNA).conversation

    @property
    def question(self):
        """The kind of the question that stands open; "" for none."""
        question = self.person(ANNA).dialogue.asks(self.at)
        return question.asked.value if question else ""

    def _kinds(self, act):
        kinds, real = [], handle_message.render_reply

        def noting(reply, *more):
            kinds.append(reply.kind.value)
            return real(reply, *more)

        with patch.object(handle_message, "render_reply", noting):
            self.bodies = act()
        assert self.done.rule_error is None, self.done.rule_error
        return kinds
