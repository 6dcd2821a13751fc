"""What others see of a photo: the picture, upright, and nothing else."""

import io

import pytest
from PIL import Image

from stadtdraht.adapters.files import photos
from stadtdraht.domain.media.media import MediaFailure, MediaRefused
from tests.support.builders.media import a_photo


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_phone_are_gone_from_both_copies(form):
    sent = a_photo(form, size=(800, 400))
    assert opened(sent).getexif().get_ifd(0x8825)
    assert b"Beispielphone" in sent
    made = photos.PillowPhotos().copies(sent)
    for copy in (made.shown, made.thumbnail):
        assert opened(copy).format == "JPEG"
        assert not opened(copy).getexif()
        assert b"Exif" not in copy
        assert b"Beispielphone" not in copy
    assert opened(made.shown).size == (800, 400)
    assert opened(made.thumbnail).size == (320, 160)


def test_a_photo_stands_upright_as_its_exif_says():
    """6: the camera was turned; left becomes top."""
    upright = opened(photos.PillowPhotos().copies(a_photo(size=(64, 32), orientation=6)).shown)
    assert upright.size == (32, 64)
    red, _, blue = upright.getpixel((16, 4))
    assert red > 200 > blue


def test_a_comment_behind_the_picture_is_gone():
    assert b"secret" not in photos.PillowPhotos().copies(a_photo() + b"secret").shown
    assert b"secret" not in photos.PillowPhotos().copies(a_photo(comment=b"secret")).shown


def test_what_is_see_through_becomes_white():
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(photos.PillowPhotos().copies(written.getvalue()).shown).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_000, 10_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_unopened(size):
    written = io.BytesIO()
    Image.new("1", size).save(written, "PNG")
    assert len(written.getvalue()) < 100_000
    with pytest.raises(MediaRefused) as refused:
        photos.PillowPhotos().copies(written.getvalue())
    assert refused.value.why is MediaFailure.TOO_MANY_PIXELS


def test_a_moving_picture_is_refused():
    written = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(MediaRefused) as refused:
        photos.PillowPhotos().copies(written.getvalue())
    assert refused.value.why is MediaFailure.ANIMATED


def test_a_phone_s_photo_with_a_second_one_for_depth_is_a_photo():
    written = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(written, "MPO", save_all=True, append_images=frames[1:])
    red, _, blue = opened(photos.PillowPhotos().copies(written.getvalue()).shown).getpixel((4, 4))
    assert red > 200 > blue


@pytest.mark.parametrize("content", [a_photo()[:200], b"\xff\xd8\xff\xe0 no picture", a_photo("PNG")[:60]])
def test_a_damaged_picture_is_refused(content):
    with pytest.raises(MediaRefused) as refused:
        photos.PillowPhotos().copies(content)
    assert refused.value.why is MediaFailure.UNREADABLE
