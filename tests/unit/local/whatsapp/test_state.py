"""What a restart keeps."""

from local.whatsapp.model import state
from tests.unit.local.whatsapp.simulation import ERIKA, Simulation, code_of


def test_after_a_restart_people_chats_templates_and_unanswered_webhooks_are_there(tmp_path):
    before = Simulation()
    before.citizen_writes(type="image", caption="Schlagloch", name="Erika M.")
    before.template()
    before.send_template()
    before.send_text()
    state.save(before.world, tmp_path)

    after = Simulation()
    state.load(after.world, tmp_path)
    person = after.person()
    (chat,) = after.world.chats.of_person(person)
    assert person.name == "Erika M."
    assert [message.body["type"] for message in chat.messages] == ["image", "template", "text"]
    assert chat.messages[1].template.name == "stadt_news"
    assert len(after.world.ledger.search("301", f"+{ERIKA}", None, None)) == 2
    assert code_of(after.send_text) is None
    after.pass_time(10)
    after.deliver_webhooks()
    assert [message["type"] for message in after.messages()] == ["image"]
    assert {status["status"] for status in after.statuses()} >= {"sent", "delivered"}


def test_a_new_number_makes_a_new_user_id_and_the_chat_follows():
    simulation = Simulation()
    simulation.citizen_writes()
    person = simulation.person()
    person, previous = simulation.world.people.change_number(person, "4915199999999")
    simulation.world.chats.follow(person, previous)
    assert person.user_id != previous
    assert simulation.world.people.find(previous) is None
    assert code_of(lambda: simulation.send_text("+4915199999999")) is None
