import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from resursnav.foundation.imports.uploads import LimitedUpload, was_refused

MB = 1024 * 1024


def posted(size):
    return RequestFactory().post("/x", {"name": "Åsa", "file": SimpleUploadedFile("a.csv", b"x" * size)})


def test_it_lets_a_file_within_the_limit_through(settings):
    settings.UPLOAD_LIMIT = 4 * MB
    request = posted(3 * MB)
    assert request.FILES["file"].size == 3 * MB
    assert not was_refused(request)


def test_it_drops_a_file_that_is_too_large_and_keeps_the_rest_of_the_form(settings):
    settings.UPLOAD_LIMIT = 1 * MB
    request = posted(3 * MB)
    assert "file" not in request.FILES
    assert request.POST["name"] == "Åsa"
    assert was_refused(request)


def test_it_cuts_the_connection_when_it_is_far_too_large(settings):
    settings.UPLOAD_LIMIT = 10
    request = RequestFactory().post("/x", {})
    request.META["CONTENT_LENGTH"] = "1000"
    with pytest.raises(StopUpload) as caught:
        LimitedUpload(request).receive_data_chunk(b"x" * 11, 0)
    assert caught.value.connection_reset
    with pytest.raises(StopUpload):
        LimitedUpload().receive_data_chunk(b"x" * 11, 0)
