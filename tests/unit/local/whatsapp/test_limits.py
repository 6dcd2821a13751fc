"""How much a number may carry, and who may be written to when."""

import pytest

from tests.unit.local.whatsapp.simulation import ERIKA, Simulation, code_of


def many(count: int) -> list[str]:
    return [f"+49160{place:07d}" for place in range(count)]


def test_the_81st_message_within_a_second_is_refused():
    simulation = Simulation(rate_mps=80)
    simulation.template()
    codes = [code_of(lambda to=to: simulation.send_template(to)) for to in many(81)]
    assert codes == [None] * 80 + [130429]


def test_the_second_slides_and_does_not_begin_anew():
    simulation = Simulation(rate_mps=10)
    simulation.template()
    people = many(20)
    for to in people[:5]:
        simulation.send_template(to)
    simulation.now_s += 0.6
    for to in people[5:10]:
        simulation.send_template(to)
    simulation.now_s += 0.39
    assert code_of(lambda: simulation.send_template(people[10])) == 130429
    simulation.now_s += 0.02
    codes = [code_of(lambda to=to: simulation.send_template(to)) for to in people[11:17]]
    assert codes == [None] * 5 + [130429]
    assert simulation.number.traffic.peak_sent_1s == 10


def test_what_citizens_write_takes_room_from_what_the_town_sends():
    simulation = Simulation(rate_mps=10)
    simulation.template()
    for to in many(4):
        simulation.citizen_writes(to.removeprefix("+"))
    codes = [code_of(lambda to=to: simulation.send_template(to)) for to in many(7)]
    assert codes == [None] * 6 + [130429]
    assert simulation.number.traffic.peak_sent_1s == 6


def test_a_refused_message_takes_no_room_and_is_not_in_the_ledger():
    simulation = Simulation(rate_mps=1)
    simulation.template()
    simulation.send_template(many(2)[0])
    simulation.now_s += 0.9
    assert code_of(lambda: simulation.send_template(many(2)[1])) == 130429
    simulation.now_s += 0.2
    assert code_of(lambda: simulation.send_template(many(2)[1])) is None
    assert len(simulation.world.ledger) == 2


def test_the_46th_message_to_the_same_person_is_refused_until_the_debt_is_paid():
    simulation = Simulation()
    simulation.citizen_writes()
    codes = [code_of(simulation.send_text) for _ in range(46)]
    assert codes == [None] * 45 + [131056]
    simulation.now_s += 6
    assert [code_of(simulation.send_text) for _ in range(2)] == [None, 131056]


def test_free_words_need_a_citizen_who_wrote_within_24_hours():
    simulation = Simulation()
    assert code_of(simulation.send_text) == 131047
    simulation.citizen_writes()
    simulation.now_s += 24 * 3600 - 1
    assert code_of(simulation.send_text) is None
    simulation.now_s += 1
    assert code_of(simulation.send_text) == 131047


def test_a_reaction_does_not_open_the_service_window():
    simulation = Simulation()
    simulation.template()
    simulation.send_template()
    simulation.citizen_writes(type="reaction", emoji="👍")
    assert code_of(simulation.send_text) == 131047


def test_a_number_that_is_not_on_whatsapp_is_refused():
    simulation = Simulation()
    simulation.template()
    assert code_of(lambda: simulation.send_template("+4915550000001")) == 131026


@pytest.mark.parametrize("to", ["4915112345678", "015112345678"])
def test_a_number_without_plus_is_read_as_a_local_one_and_misses(to):
    """Meta puts the business's country code in front."""
    simulation = Simulation()
    simulation.template()
    assert code_of(lambda: simulation.send_template(to)) == 131026


def test_nobody_exists_by_themselves_when_told_so():
    simulation = Simulation(everyone_exists=False)
    simulation.template()
    assert code_of(simulation.send_template) == 131026
    simulation.citizen_writes(ERIKA)
    assert code_of(simulation.send_template) is None


def test_a_business_scoped_user_id_works_when_known_and_to_wins_over_it():
    simulation = Simulation()
    simulation.template()
    person = simulation.person()
    template = {
        "name": "stadt_news",
        "language": {"code": "de"},
        "components": [{"type": "body", "parameters": [{"type": "text", "text": "Rat"}]}],
    }
    by_bsuid = simulation.send({"recipient": person.user_id, "type": "template", "template": template})
    assert [{"input": person.user_id, "user_id": person.user_id}] == by_bsuid["contacts"]
    both = simulation.send({"to": f"+{ERIKA}", "recipient": "DE.1", "type": "template", "template": template})
    assert [{"input": f"+{ERIKA}", "wa_id": ERIKA}] == both["contacts"]
    unknown = {"recipient": "DE.999", "type": "template", "template": template}
    assert code_of(lambda: simulation.send(unknown)) == 131026
