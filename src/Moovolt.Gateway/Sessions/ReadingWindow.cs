namespace Moovolt.Gateway.Sessions;

/// <summary>
/// How much of one charger's may wait; beyond it the socket is not read. One reader enters, anybody leaves.
/// </summary>
internal sealed class ReadingWindow(int mostFrames, int mostBytes)
{
    private int frames;
    private int bytes;
    private bool open;
    private TaskCompletionSource? waiting;

    /// <summary>Counts a frame in, and waits while there are too many.</summary>
    public ValueTask EnterAsync(int size)
    {
        lock (this)
        {
            frames++;
            bytes += size;
            if (!IsFull) return ValueTask.CompletedTask;
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(waiting.Task);
        }
    }

    public void Leave(int size)
    {
        lock (this)
        {
            frames--;
            bytes -= size;
            Release();
        }
    }

    /// <summary>From now on nobody waits: the socket is closing.</summary>
    public void Open()
    {
        lock (this)
        {
            open = true;
            Release();
        }
    }

    private bool IsFull => !open && (frames >= mostFrames || bytes >= mostBytes);

    private void Release()
    {
        if (waiting is null || IsFull) return;
        waiting.SetResult();
        waiting = null;
    }
}
